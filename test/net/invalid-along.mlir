// RUN: %pde-opt %s -split-input-file -verify-diagnostics

func.func @axis(%x : tensor<?xf64>) {
  // expected-error@+1 {{names an axis that its tensor lacks}}
  %s = net.along sum %x axis 1 : tensor<?xf64>
  return
}

// -----

func.func @size(%x : tensor<?xf64>) {
  // expected-error@+1 {{needs a size where, and only where, it spreads}}
  %s = net.along spread %x axis 0 : tensor<?xf64>
  return
}

// -----

func.func @no_size(%x : tensor<?xf64>, %n : i64) {
  // expected-error@+1 {{needs a size where, and only where, it spreads}}
  %s = net.along max %x axis 0 to %n : tensor<?xf64>
  return
}
