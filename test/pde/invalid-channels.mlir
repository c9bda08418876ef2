// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 6>] array [2, 1, 3]
pde.program @fewer {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  // expected-error@+1 {{needs as many results of the operator as its array has, 2, not 1}}
  %y = pde.convolve %w[] of [2, 1, 3] from [-1] (%u) : <@W, f64>, (!pde.field<@X, f64, [1], [1]>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 6>] array [2, 1, 3]
pde.program @rows {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64>
  // expected-error@+1 {{needs the rows that its taps reach along axis 0}}
  %y:2 = pde.convolve %w[] of [2, 1, 3] from [-1] (%u) : <@W, f64>, (!pde.field<@X, f64>) -> (!pde.field<@X, f64>, !pde.field<@X, f64>)
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 6>] array [2, 1, 3]
pde.program @indices {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  // expected-error@+1 {{needs an index for each extent before out, in and the taps of each axis}}
  %y:2 = pde.convolve %w[] of [1, 2, 1, 3] from [-1] (%u) : <@W, f64>, (!pde.field<@X, f64, [1], [1]>) -> (!pde.field<@X, f64>, !pde.field<@X, f64>)
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 6>] array [2, 1, 3]
pde.program @away {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  // expected-error@+1 {{needs taps around the cell along axis 0}}
  %y:2 = pde.convolve %w[] of [2, 1, 3] from [1] (%u) : <@W, f64>, (!pde.field<@X, f64, [1], [1]>) -> (!pde.field<@X, f64>, !pde.field<@X, f64>)
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 12>] array [2, 2, 1, 3]
pde.program @outside {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  %two = arith.constant 2 : i64
  // expected-error@+1 {{has an index outside of its extent 2}}
  %y:2 = pde.convolve %w[%two] of [2, 2, 1, 3] from [-1] (%u) : <@W, f64>, (!pde.field<@X, f64, [1], [1]>) -> (!pde.field<@X, f64>, !pde.field<@X, f64>)
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"y" : periodic, periodic>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 3>] array [1, 1, 3]
pde.program @grids {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  %v = pde.input "v" -> <@Y, f64>
  // expected-error@+1 {{needs fields of one grid and element type}}
  %g = pde.correlate (%v) with (%u) at [] of [1, 1, 3] from [-1] : (!pde.field<@Y, f64>), (!pde.field<@X, f64, [1], [1]>) -> <@W, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 6>] array [1, 2, 3]
pde.program @types {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64, [1], [1]>
  %v = pde.input "v" -> <@X, f64>
  // expected-error@+1 {{needs arguments of the operator of one type}}
  %y = pde.convolve %w[] of [1, 2, 3] from [-1] (%u, %v) : <@W, f64>, (!pde.field<@X, f64, [1], [1]>, !pde.field<@X, f64>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 3>] array [1, 1, 3]
pde.program @rank {
  %w = pde.input "w" -> <@W, f64>
  %u = pde.input "u" -> <@X, f64>
  // expected-error@+1 {{needs taps and rows for each axis of its grid}}
  %y = pde.convolve %w[] of [1, 1, 3] from [-1] (%u) : <@W, f64>, (!pde.field<@X, f64>) -> !pde.field<@X, f64>
}
