# RUN: cd %S && not pdec check requirement-without-text.pde 2>&1 | diff requirement-without-text.pde.expected -
param n = 3
require n > 0
require n > 1, 5
output u
