# RUN: cd %S && not pdec check empty-script.pde 2>&1 | diff empty-script.pde.expected -
