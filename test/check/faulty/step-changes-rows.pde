# RUN: cd %S && not pdec check step-changes-rows.pde 2>&1 | diff step-changes-rows.pde.expected -
grid Z : 2d, boundary dirichlet 0, size 64
input f on Z
evolve p from forward(x)(f) by p -> forward(y)(f) for 5 steps
output p
