// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// What programs, defaults and blocks hold, and what they are called.

// expected-error@+1 {{'net.program' op needs a name of letters, digits and underscores, not 'p.q'}}
net.program @p.q {
}

// -----

// expected-error@+1 {{'net.program' op holds layers, scalars and what users see only, not pde.stencil}}
net.program @p {
  %c = arith.constant 1.0 : f64
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
}

// -----

net.program @p {
  // expected-error@+1 {{'net.input' op uses the unknown grid @X}}
  %f = net.input "f" on @X : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op is a tensor of rank 2 on a grid of rank 1}}
  %f = net.input "f" on @X : tensor<?x?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op needs two counts of rows for each axis of its grid}}
  %f = net.input "f" on @X rows [1] : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op needs a name of letters, digits and underscores, not '../f'}}
  %f = net.input "../f" on @X : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error@+1 {{'net.input' op has the name of another: 'f'}}
  %g = net.input "f" on @X : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %f = net.input "f" on @X : tensor<?xf64>
  net.output "u" %f : tensor<?xf64>
  // expected-error@+1 {{'net.output' op has the name of another: 'u'}}
  net.output "u" %f : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %f = net.input "f" on @X : tensor<?xf64>
  // expected-error@+1 {{'net.output' op needs a name of letters, digits and underscores, not ''}}
  net.output "" %f : tensor<?xf64>
}

// -----

net.program @p {
  %a = pde.param "a" = 1.0 : f64 : f64
  // expected-error@+1 {{'pde.param' op has the name of another: 'a'}}
  %b = pde.param "a" = 2.0 : f64 : f64
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op needs a default that takes no arguments}}
  %f = net.input "f" on @X default {
  ^bb0(%x : tensor<?xf64>):
    net.yield %x : tensor<?xf64>
  } : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op holds layers and scalars only, not pde.param}}
  %f = net.input "f" on @X default {
    %n = pde.param "n" = 3 : i64 : i64
    %x = net.noise %n sizes(%n) : tensor<?xf64>
    net.yield %x : tensor<?xf64>
  } : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  // expected-error@+1 {{'net.input' op yields other types than it promises}}
  %f = net.input "f" on @X default {
    %x = net.noise %n sizes(%n) : tensor<?xf32>
    net.yield %x : tensor<?xf32>
  } : tensor<?xf64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  // expected-error@+1 {{'net.input' op needs a net.yield at the end of its region}}
  %f = net.input "f" on @X default {
    llvm.unreachable
  } : tensor<?xf64>
}

// -----

func.func @f(%n : i64, %x : tensor<?xf64>) {
  // expected-error@+1 {{'net.repeat' op holds layers and scalars only, not net.output}}
  net.repeat %n pass %pass carry () {
    net.output "u" %x : tensor<?xf64>
    net.yield
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64) {
  // expected-error@+1 {{'net.repeat' op needs a net.yield at the end of its region}}
  net.repeat %n pass %pass carry () {
    llvm.unreachable
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  // expected-error@+1 {{'net.recur' op holds layers and scalars only, not pde.param}}
  net.recur %n pass %pass carry () attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    %a = pde.param "a" = 1.0 : f64 : f64
    net.until %b measured %a against %c
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  // expected-error@+1 {{'net.recur' op needs a name of letters, digits and underscores, not 'u v'}}
  net.recur %n pass %pass carry () attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u v"} {
    net.until %b measured %c against %c
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  // expected-error@+1 {{'net.recur' op needs a name of letters, digits and underscores, not '%s'}}
  net.recur %n pass %pass carry () attributes {line = 1 : i64, loop = 0 : i64, measure = "%s", what = "u"} {
    net.until %b measured %c against %c
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  // expected-error@+1 {{'net.recur' op needs a number, from 0, as its loop}}
  net.recur %n pass %pass carry () attributes {line = 1 : i64, loop = -1 : i64, measure = "change", what = "u"} {
    net.until %b measured %c against %c
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  // expected-error@+1 {{'net.recur' op yields other types than it promises}}
  %r = net.recur %n pass %pass carry (%a = %c : f64) attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    net.until %b measured %c against %c
  }
  return
}

// -----

func.func @f(%n : i64, %c : f64, %b : i1) {
  net.repeat %n pass %pass carry () {
    // expected-error@+1 {{'net.until' op expects parent op 'net.recur'}}
    net.until %b measured %c against %c
  }
  return
}

// -----

func.func @f(%n : i64) {
  net.recur %n pass %pass carry () attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    // expected-error@+1 {{'net.yield' op expects parent op to be one of 'net.activation, net.input, net.repeat, net.reverse'}}
    net.yield
  }
  return
}
