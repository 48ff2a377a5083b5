"""What a person sees and is asked, one module for each kind of screen. Each works on a desk and for one side."""
