# RUN: cd %S && not pdec check expansion-too-large.pde 2>&1 | diff expansion-too-large.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun g0(s) = s*s
fun g1(s) = g0(s)+g0(s)+g0(s)+g0(s)+g0(s)+g0(s)+g0(s)+g0(s)+g0(s)
fun g2(s) = g1(s)+g1(s)+g1(s)+g1(s)+g1(s)+g1(s)+g1(s)+g1(s)+g1(s)
fun g3(s) = g2(s)+g2(s)+g2(s)+g2(s)+g2(s)+g2(s)+g2(s)+g2(s)+g2(s)
fun g4(s) = g3(s)+g3(s)+g3(s)+g3(s)+g3(s)+g3(s)+g3(s)+g3(s)+g3(s)
fun g5(s) = g4(s)+g4(s)+g4(s)+g4(s)+g4(s)+g4(s)+g4(s)+g4(s)+g4(s)
fun g6(s) = g5(s)+g5(s)+g5(s)+g5(s)+g5(s)+g5(s)+g5(s)+g5(s)+g5(s)
output v = g6(f)
