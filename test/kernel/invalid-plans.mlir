// RUN: %pde-opt %s --split-input-file --verify-diagnostics
// Plans can be written by hand, and by other passes: what does not fit is told.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @wrong_rank(%f: !pde.field<@X, f64>) {
  // expected-error@+1 {{needs a tile with cells for each axis}}
  %v = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> attributes {kernel.tile = #kernel.tile<[32, 1024]>} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      pde.yield %s : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @no_stage(%f: !pde.field<@X, f64>) {
  // expected-error@+1 {{needs a stage for each of its results}}
  %v = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> attributes {kernel.results = []} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      pde.yield %s : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @too_many_reads(%f: !pde.field<@X, f64>) {
  // expected-error@+1 {{needs the rows that it reads of each operand}}
  %v = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> attributes {kernel.reads = [unit, unit]} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      pde.yield %s : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  return
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @unknown(%f: !pde.field<@X, f64>) {
  // expected-error@+1 {{has no attribute "kernel.tiles"}}
  %v = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> attributes {kernel.tiles = 1 : i64} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      pde.yield %s : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  return
}

// -----

// expected-error@+1 {{cannot have the attribute "kernel.stage"}}
func.func @no_sweep() attributes {kernel.stage = #kernel.stage<0 reach <0 : 0> boundary <1 : 1>>} {
  return
}

// -----

// expected-error@+1 {{needs a positive number of cells for each axis}}
func.func @no_cells() attributes {kernel.tile = #kernel.tile<[0]>} {
  return
}

// -----

// expected-error@+1 {{needs rows to compute at once}}
func.func @rows_of_one_axis() attributes {kernel.tile = #kernel.tile<[64] steps 4 rows 2>} {
  return
}

// -----

// expected-error@+1 {{has reach and boundary of different rank}}
func.func @ranks() attributes {kernel.stage = #kernel.stage<0 reach <0 : 0> boundary <1 : 1, 1 : 1>>} {
  return
}

// -----

// expected-error@+1 {{cannot have the attribute "kernel.stored"}}
func.func @stored() attributes {kernel.stored} {
  return
}

// -----

// expected-error@+1 {{needs a ring of a power of two of rows}}
#stage = #kernel.stage<0 reach <0 : 0> boundary <1 : 1> ring 3>

// -----

// expected-error@+1 {{goes ahead by pieces of several axes and one sweep}}
#tile = #kernel.tile<[32, 64] steps 4 piece 2>
