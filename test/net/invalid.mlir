// RUN: %pde-opt %s -split-input-file -verify-diagnostics

net.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'net.weights' op needs as many offsets as values, and at least one}}
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c) : <1>
}

// -----

net.program @p {
  // expected-error@+1 {{'net.weights' op needs as many offsets as values, and at least one}}
  %w = net.weights [] values() : <1>
}

// -----

net.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'net.weights' op needs one integer for each axis in an offset}}
  %w = net.weights [array<i64: 0, 0>] values(%c) : <1>
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.pad' op needs 2 values for its sides}}
  %p = net.pad %x [#net.margin<1 dirichlet, 1 dirichlet>] : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // expected-error@+1 {{'net.pad' op needs 0 values for its sides}}
  %p = net.pad %x [#net.margin<1 periodic, 1 periodic>] values(%c : f64) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?x?xf64>) {
  // expected-error@+1 {{'net.pad' op needs a margin for each axis}}
  %p = net.pad %x [#net.margin<1 periodic, 1 periodic>] : tensor<?x?xf64> -> tensor<?x?xf64>
  return
}

// -----

func.func @f(%c : f64) {
  // A field without operands takes its sizes from a tensor that it does not read.
  // expected-error@+1 {{'net.activation' op needs a tensor, and an argument for each tensor}}
  %a = net.activation () -> tensor<?xf64> {
    net.yield %c : f64
  }
  return
}

// -----

func.func @f(%x : tensor<?xf32>) {
  // expected-error@+1 {{'net.activation' op needs arguments of the element type}}
  %a = net.activation (%s = %x : tensor<?xf32>) -> tensor<?xf64> {
    %t = arith.extf %s : f32 to f64
    net.yield %t : f64
  }
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.activation' op yields other types than it promises}}
  %a = net.activation (%s = %x : tensor<?xf64>) -> tensor<?xf64> {
    net.yield %s, %s : f64, f64
  }
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.activation' op needs a net.yield at the end of its region}}
  %a = net.activation (%s = %x : tensor<?xf64>) -> tensor<?xf64> {
    llvm.unreachable
  }
  return
}

// -----

func.func @f(%n : i64, %x : tensor<?xf64>) {
  // expected-error@+1 {{'net.repeat' op needs the pass and the carried values as arguments}}
  %r = "net.repeat"(%n, %x) ({
  ^bb0(%u : tensor<?xf64>):
    net.yield %u : tensor<?xf64>
  }) : (i64, tensor<?xf64>) -> tensor<?xf64>
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.repeat' op carries values that change their type}}
  %r = "net.repeat"(%n, %c) ({
  ^bb0(%pass : i64, %u : i64):
    net.yield %u : i64
  }) : (i64, f64) -> i64
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.repeat' op yields other types than it promises}}
  %r = net.repeat %n pass %pass carry (%u = %c : f64) {
    net.yield %pass : i64
  }
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %y : tensor<?x?xf64>) {
  // expected-error@+1 {{'net.pad' op needs numbers or, as the value of a side, a tensor of its own type}}
  %p = net.pad %x [#net.margin<1 dirichlet, 0 reflecting>] values(%y : tensor<?x?xf64>) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // Two weights and a factor for each of two cells, then a value.
  // expected-error@+1 {{'net.pad' op needs 7 values for its sides}}
  %p = net.pad %x [#net.margin<2 extrapolated, 0 reflecting>] values(%c, %c, %c, %c : f64, f64, f64, f64) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // A weight is a number.
  // expected-error@+1 {{'net.pad' op needs numbers or, as the value of a side, a tensor of its own type}}
  %p = net.pad %x [#net.margin<1 robin, 0 reflecting>] values(%x, %c, %c : tensor<?xf64>, f64, f64) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.pad' op needs two counts for each axis as rows of each of 1 tensors}}
  %p = net.pad %x [#net.margin<1 neumann, 0 reflecting>] values(%x : tensor<?xf64>) rows [array<i64: 1>] : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // expected-error@+1 {{'net.fold' op needs 3 weights for its sides}}
  %p = net.fold %x [#net.margin<1 robin, 1 extrapolated>] weights(%c) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?x?xf64>) {
  // expected-error@+1 {{'net.fold' op needs a margin for each axis}}
  %p = net.fold %x [#net.margin<1 periodic, 1 periodic>] : tensor<?x?xf64> -> tensor<?x?xf64>
  return
}

// -----

func.func @f(%x : tensor<?x?xf64>, %w : !net.weights<2>) {
  // expected-error@+1 {{'net.conv' op needs a positive stride for each axis}}
  %p = net.conv %x, %w strides [2] : tensor<?x?xf64>, <2> -> tensor<?x?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %w : !net.weights<1>) {
  // expected-error@+1 {{'net.conv_transpose' op needs a positive stride for each axis}}
  %p = net.conv_transpose %x, %w strides [0] : tensor<?xf64>, <1> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %w : !net.weights<2>) {
  // expected-error@+1 {{'net.conv' op needs weights of rank 1}}
  %p = net.conv %x, %w : tensor<?xf64>, <2> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.reduce' op needs 2 tensors}}
  %p = net.reduce dot %x : tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %y : tensor<?xf32>) {
  // expected-error@+1 {{'net.reduce' op needs tensors of one type}}
  %p = net.reduce dot %x, %y : tensor<?xf64>, tensor<?xf32>
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.reduce' op needs 1 tensor}}
  %p = net.reduce sum %x, %x : tensor<?xf64>, tensor<?xf64>
  return
}

// -----

func.func @f(%n : i64, %x : tensor<?xf64>) {
  // expected-error@+1 {{'net.recur' op needs a net.until at the end of its region}}
  %r = net.recur %n pass %pass carry (%u = %x : tensor<?xf64>) attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    llvm.unreachable
  }
  return
}

// -----

// The order of the offsets is the order of the sum.
net.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'net.weights' op needs its offsets in ascending order}}
  %w = net.weights [array<i64: 1>, array<i64: 0>] values(%c, %c) : <1>
}

// -----

net.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'net.weights' op attribute 'offsets' failed to satisfy constraint: the offset of each tap, array<i64: ...>}}
  %w = net.weights [1] values(%c) : <1>
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.pad' op failed to verify that all of {x, result} have same element type}}
  %p = net.pad %x [#net.margin<1 periodic, 1 periodic>] : tensor<?xf64> -> tensor<?xf32>
  return
}

// -----

func.func @f(%x : tensor<?xf64>) {
  // expected-error@+1 {{'net.fold' op failed to verify that all of {x, result} have same rank}}
  %p = net.fold %x [#net.margin<1 periodic, 1 periodic>] : tensor<?xf64> -> tensor<?x?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %w : !net.weights<1>) {
  // expected-error@+1 {{'net.conv' op failed to verify that all of {x, result} have same element type}}
  %p = net.conv %x, %w : tensor<?xf64>, <1> -> tensor<?xf32>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %w : !net.weights<1>) {
  // expected-error@+1 {{'net.conv_transpose' op failed to verify that all of {x, result} have same rank}}
  %p = net.conv_transpose %x, %w : tensor<?xf64>, <1> -> tensor<?x?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // expected-error@+1 {{'net.scale' op failed to verify that all of {x, result} have same element type}}
  %p = net.scale %x by %c : tensor<?xf64> -> tensor<?xf32>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %y : tensor<?x?xf64>) {
  // expected-error@+1 {{'net.activation' op needs tensors of its rank}}
  %a = net.activation (%s = %x : tensor<?xf64>, %t = %y : tensor<?x?xf64>) -> tensor<?xf64> {
    net.yield %s : f64
  }
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %n : i64) {
  // expected-error@+1 {{'net.activation' op holds arithmetic on cells only, not net.noise}}
  %a = net.activation (%s = %x : tensor<?xf64>) -> tensor<?xf64> {
    %y = net.noise %n sizes(%n) : tensor<?xf64>
    net.yield %s : f64
  }
  return
}

// -----

func.func @f(%n : i64) {
  // expected-error@+1 {{'net.noise' op needs a size for each of 2 axes}}
  %y = net.noise %n sizes(%n) : tensor<?x?xf64>
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.coordinate' op names axis 1 of a tensor of rank 1}}
  %y = net.coordinate 1 first %c spacing %c sizes(%n) : tensor<?xf64>
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.coordinate' op needs a count of cells before each of 1 axes}}
  %y = net.coordinate 0 first %c spacing %c sizes(%n) before [1, 0] : tensor<?xf64>
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.coordinate' op needs a size for each of 1 axes}}
  %y = net.coordinate 0 first %c spacing %c sizes(%n, %n) : tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?x?xf64>, %i : i64) {
  // expected-error@+1 {{'net.entry' op needs a tensor of rank 1}}
  %p = net.entry %x[%i] of [3] : tensor<?x?xf64>
  return
}
