grid X : 2d, boundary dirichlet 0
input f on X
output q = forward(x)(f)
