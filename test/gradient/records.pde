# RUN: %pdec %s --emit pde | grep -c pde.record | FileCheck %s
# What is gone along or back through records nothing again: there is what the
# evolution starts from, and what its passes make.
# CHECK: {{^}}2{{$}}
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u + 0.1*d2(x)(u)*u for 4 steps
    record energy = dot(u, u) every 1
output along = derivative(u, f, 1), back = gradient(dot(u, u), f)
