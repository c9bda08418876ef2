# Opened as it is: the bracket is missing
grid X : 1d, boundary reflecting
param k = 2
input f on X = x
let D = forward(
fun Phi(s) = s^k
output f
