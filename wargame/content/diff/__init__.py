"""What differs between two pieces of content, in words.

sides       what a name stands for: a file, a folder, a thing by its id
shapes      what in a table has a name, what has an order, how its lists are matched
comparing   two sides to changes, key by key
telling     values and texts as a sentence shows them
"""
