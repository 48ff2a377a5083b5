"""The pictures of the report: pure functions from plain numbers to SVG text, one module for each picture.

Every picture is 680 units wide, which is the text column of A4 and Letter at 96 units an inch, so that a font size of 12 is
12 pixels on paper. Colours are those of Okabe and Ito and never carry a meaning alone: a shape, a dash, a hatching or a word
says the same. Nothing here reads a box or a log; texts are escaped by :func:`.svg.element`.
"""
