# RUN: cd %S && not pdec check requirement-not-fulfilled.pde 2>&1 | diff requirement-not-fulfilled.pde.expected -
grid X : 1d, size 8
input f on X
require 2*2 == 5, "two and two are four, which those who read a text beyond its eightieth letter also know"
fun power(s, n) = {
  require n >= 0, "negative powers are quotients"
  return s^n
}
output u = power(f, -1)
