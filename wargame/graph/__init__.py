"""The graph of a ladder. Import it only where a question is asked: networkx takes longer to load than a turn to play.

parts      what the answers are made of       questions   :class:`LadderGraph`, the only module with networkx
checks     what is odd about a ladder         drawings    Graphviz and Mermaid, as text
"""
