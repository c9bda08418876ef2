# RUN: pdec %s --emit program | FileCheck %s
# Lists of fields: arithmetic entry by entry, operators on each entry.
grid X : 2d, boundary reflecting
input f on X
input g on X
# CHECK: [[P0:%.*]] = apply [0 0: -1.0, 1 0: 1.0] f : real on X
# CHECK-NEXT: [[S0:%.*]] = mul [[P0]], [[P0]] : real on X
# CHECK-NEXT: [[P1:%.*]] = apply [0 0: -1.0, 0 1: 1.0] f : real on X
# CHECK-NEXT: [[S1:%.*]] = mul [[P1]], [[P1]] : real on X
# CHECK-NEXT: add [[S0]], [[S1]] : real on X
let p = grad(f)
output a = inner(p, p)
# CHECK: [[Q0:%.*]] = mul 2.0, [[P0]] : real on X
# CHECK-NEXT: [[A0:%.*]] = adjoint [0 0: -1.0, 1 0: 1.0] [[Q0]] : real on X
# CHECK-NEXT: [[Q1:%.*]] = mul 2.0, [[P1]] : real on X
# CHECK-NEXT: [[A1:%.*]] = adjoint [0 0: -1.0, 0 1: 1.0] [[Q1]] : real on X
# CHECK-NEXT: [[SUM:%.*]] = add [[A0]], [[A1]] : real on X
# CHECK-NEXT: neg [[SUM]] : real on X
output b = -grad'(2*p)
# CHECK: [[FG:%.*]] = mul f, g : real on X
# CHECK-NEXT: [[Q:%.*]] = sub [[FG]], 1.0 : real on X
# CHECK-NEXT: output q = [[Q]]
# CHECK-NEXT: [[GG:%.*]] = mul g, g : real on X
# CHECK-NEXT: [[R:%.*]] = sub [[GG]], 1.0 : real on X
# CHECK-NEXT: output r = [[R]]
let q, r = [f, g]*g - 1
output q, r
# CHECK: apply 0.5 * [-1 0: -1.0, 1 0: 1.0] f : real on X
# CHECK: apply 0.5 * [-1 0: -1.0, 1 0: 1.0] g : real on X
let s, t = central(x)([f, g])
output s, t
