"""An alert's text made of typed facts: templates, how each fact is said, what else follows from them."""
