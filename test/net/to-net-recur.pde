# RUN: %pdec %s --emit net | FileCheck %s
# An iteration that ends by a condition is a recurrent cell; the right hand side is
# read anew in each pass. Numbers of whole tensors are reductions. Where the sides
# leave a constant open, the equation is first asked whether it has a solution.

# CHECK: %[[TOL:.*]] = pde.param "tol"
# CHECK: %[[N:.*]] = pde.param "n"
# CHECK: %[[F:.*]] = net.input "f"
# CHECK: net.reduce dot %[[F]], %[[F]] : tensor<?xf64>, tensor<?xf64>
# CHECK: %[[R:.*]] = net.recur %[[N]] pass %{{.*}} carry (%[[U:.*]] = %{{.*}} : tensor<?xf64>) attributes {line = {{.*}}, loop = {{.*}}, measure = "residual", what = "u"} {
# CHECK-NEXT: net.pad %[[U]]
# CHECK: %[[V:.*]] = net.activation ({{.*}} = %[[U]] : tensor<?xf64>, {{.*}} = %[[F]] : tensor<?xf64>
# CHECK: net.reduce dot
# CHECK: %[[DONE:.*]] = arith.cmpf olt, %[[RESIDUAL:.*]], %[[TOL]]
# CHECK-NEXT: net.until %[[DONE]] measured %[[RESIDUAL]] against %[[TOL]] yield %[[V]] : tensor<?xf64>
# CHECK: net.output "u" %[[R]]
grid X : 1d, boundary reflecting
param tol = 1e-6, n = 50
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by jacobi(0.9) until residual < tol, at most n
output u
