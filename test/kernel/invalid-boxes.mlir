// RUN: %pde-opt %s --split-input-file --verify-diagnostics
// What a box, a row or a field in memory must have.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @ranges(%p: !llvm.ptr, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{needs a size, a range and boundary rows for each axis}}
  kernel.box from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<1 : 1, 1 : 1>} {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @nothing_written(%p: !llvm.ptr, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{needs a field to write}}
  kernel.box from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes () attributes {boundary = #kernel.rows<1 : 1>} {
    kernel.write
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @other_types(%p: !llvm.ptr, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{yields other types than it promises}}
  kernel.box from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<1 : 1>} {
    kernel.write
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @arithmetic(%p: !llvm.ptr, %n: i64, %a: f64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{holds field operations, their stencils and constants only, not arith.addf}}
  kernel.row interior from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>, %b = %a : f64) writes (%f : !pde.field<@X, f64>) {
    %c = arith.addf %b, %b : f64
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @two_ranges(%p: !llvm.ptr, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{needs one range of cells, or two at its sides}}
  kernel.row interior from [%n, %n] to [%n, %n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @place(%p: !llvm.ptr, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  // expected-error@+1 {{needs a size for each axis, and a place on each but the last}}
  kernel.row interior at [%n] from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @strides(%p: !llvm.ptr, %n: i64) {
  // expected-error@+1 {{needs a stride for each axis but the last}}
  %f = kernel.memory %p strides(%n) : <@X, f64>
  return
}

// -----

func.func @no_grid(%p: !llvm.ptr) {
  // expected-error@+1 {{names no grid of this module}}
  %f = kernel.memory %p : <@X, f64>
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @no_tiles(%f: !pde.field<@X, f64>) {
  // expected-error@+1 {{needs a function of tiles, which @no_tiles is not}}
  %v = kernel.call @no_tiles(%f) : (!pde.field<@X, f64>) -> !pde.field<@X, f64>
  return
}
