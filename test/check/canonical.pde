# RUN: pdec %s --emit program | FileCheck %s
# The canonical script: everything is inlined, what does not change in the loop
# stands before it.

# CHECK: program canonical
# CHECK-NEXT: param lambda : real = 0.05 in (0.0, inf)
# CHECK-NEXT: param n : int = 100
# CHECK-NEXT: grid X.x: reflecting, first 0.5, spacing 1.0, size 512
# CHECK: input f : real on X = [[F:%.*]]
# CHECK: [[SQUARE:%.*]] = pow lambda, 2 : real
# CHECK: [[TWICE:%.*]] = mul 2.0, [[SQUARE]] : real
# CHECK: [[U:%.*]] = evolve n times (u : real on X = f) {
# CHECK: [[DU:%.*]] = apply [0: -1.0, 1: 1.0] [[U]].u : real on X
# CHECK: [[Q:%.*]] = div {{%.*}}, [[TWICE]] : real on X
# CHECK: [[E:%.*]] = exp [[Q]] : real on X
# CHECK: [[FLUX:%.*]] = mul [[DU]], [[E]] : real on X
# CHECK: adjoint [0: -1.0, 1: 1.0] [[FLUX]] : real on X
# CHECK: yield
# CHECK: output u = [[U]]
grid X : 1d, boundary reflecting, size 512
param lambda = 0.05 where lambda > 0, n = 100
input f on X = step(x - 100)
let D = forward(x)
fun Phi(s) = s*exp(-s^2/(2*lambda^2))
fun R(u) = -D'(Phi(D(u)))
evolve u from f by explicit(R, 0.4) for n steps
output u
