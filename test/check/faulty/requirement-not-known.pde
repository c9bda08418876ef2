# RUN: cd %S && not pdec check requirement-not-known.pde 2>&1 | diff requirement-not-known.pde.expected -
grid X : 1d, size 8
input f on X
fun quotient(s) = {
  require norm(s) > 0, "nothing divides by zero"
  return 1/norm(s)
}
output u = quotient(f)
