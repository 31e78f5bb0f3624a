"""Any metric of every instrument of a lake, as of one day or many."""
