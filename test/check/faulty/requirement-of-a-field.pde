# RUN: cd %S && not pdec check requirement-of-a-field.pde 2>&1 | diff requirement-of-a-field.pde.expected -
grid X : 1d, size 8
input f on X
require f > 0, "f is positive"
output u = f
