# A number that is spread over a grid is the same beyond its sides, whatever their
# rule: no operator sees anything there. A state has the values of its sides.
# RUN: pdec verify %s | FileCheck %s --check-prefix=VERIFY
# RUN: pdec run %s --threads 1 | FileCheck %s
# VERIFY-NOT: {{[Ff]ail|differ}}
grid X : 1d, boundary neumann 1, size 8
input f on X = x
fun A(u) = u - laplace(u)
fun largest(A, u) = norm_max(A(like(u, 1)))
# CHECK: a on X (8 cells): min 0, max 0,
# CHECK: b on X (8 cells): min 0, max 0,
# CHECK: c on X (8 cells): min 0, max 0,
# CHECK: d on X (8 cells): min 1, max 1,
output a = laplace(like(f, 1))
output b = laplace(2*like(f, 1) + 3)
output c = forward(x)'(forward(x)(like(f, 1)))
output d = f*0 + largest(A, f)
