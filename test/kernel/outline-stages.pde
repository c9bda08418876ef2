# RUN: %pdec %s --emit kernel | FileCheck %s
# The thirty stages of this sweep are three functions: the first, which reads the
# input, those within, and the last, which writes the output.

# CHECK: func.func private @sweep0_stage0({{.*}} attributes {passthrough = ["noinline"]}
# CHECK: func.func private @sweep0_stage1({{.*}} attributes {passthrough = ["noinline"]}
# CHECK-NOT: func.func
# CHECK: func.func private @sweep0_stage29({{.*}} attributes {passthrough = ["noinline"]}
# CHECK: func.func private @sweep0(
# CHECK-COUNT-30: call @sweep0_stage
# CHECK-NOT: call @sweep0_stage
grid X : 2d, boundary dirichlet 0
input f on X
let K = laplace
let a = K(K(K(K(K(K(K(K(K(K(f))))))))))
let b = K(K(K(K(K(K(K(K(K(K(a))))))))))
output c = K(K(K(K(K(K(K(K(K(K(b))))))))))
