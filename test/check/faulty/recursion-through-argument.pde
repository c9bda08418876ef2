# RUN: cd %S && not pdec check recursion-through-argument.pde 2>&1 | diff recursion-through-argument.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun w(g, s) = g(g, s)
output v = w(w, f)
