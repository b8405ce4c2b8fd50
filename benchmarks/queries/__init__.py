"""How long the views of analysts take, from one to twenty million complaints."""
