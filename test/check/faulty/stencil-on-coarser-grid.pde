# RUN: cd %S && not pdec check stencil-on-coarser-grid.pde 2>&1 | diff stencil-on-coarser-grid.pde.expected -
grid X : 1d, boundary dirichlet 0, size 31
input f on X
let K = stencil(x, [-1, 2, -1])
fun A(u) = K(u)
solve A(u) = f by v_cycle(2, 1) until residual < 1e-8
output u
