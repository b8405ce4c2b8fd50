"""How well texts are understood, and the training of the model that helps to."""
