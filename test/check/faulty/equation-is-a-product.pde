# RUN: cd %S && not pdec check equation-is-a-product.pde 2>&1 | diff equation-is-a-product.pde.expected -
grid X : 1d
input f on X
solve 2*f = f by jacobi(4/5) until residual < 1e-8
output u
