# RUN: cd %S && not pdec check evolve-in-a-stray-block.pde 2>&1 | diff evolve-in-a-stray-block.pde.expected -
f {
  evolve u from f by g for 2 steps
}
grid X : 1d
