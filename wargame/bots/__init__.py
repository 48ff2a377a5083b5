"""Players that are no people. A bot gets a view and never the state, and says in one line why it chose."""
