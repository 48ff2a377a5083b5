"""Hostile and broken content. Small readable files lie here, each saying in its first lines what it tries and what is expected
of it; what git cannot keep or nobody would read is made by ``builders``. ``runner`` runs commands on them."""
