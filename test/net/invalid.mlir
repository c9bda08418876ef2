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
  // expected-error@+1 {{'net.pad' op needs a value for each of 2 sides of kind value}}
  %p = net.pad %x [#net.margin<1 value, 1 value>] : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?xf64>, %c : f64) {
  // expected-error@+1 {{'net.pad' op needs a value for each of 0 sides of kind value}}
  %p = net.pad %x [#net.margin<1 wrap, 1 wrap>] values(%c : f64) : tensor<?xf64> -> tensor<?xf64>
  return
}

// -----

func.func @f(%x : tensor<?x?xf64>) {
  // expected-error@+1 {{'net.pad' op needs a margin for each axis}}
  %p = net.pad %x [#net.margin<1 wrap, 1 wrap>] : tensor<?x?xf64> -> tensor<?x?xf64>
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
