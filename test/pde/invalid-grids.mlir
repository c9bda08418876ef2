// RUN: %pde-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{'pde.grid' op needs one to three axes}}
pde.grid @X []

// -----

// expected-error@+1 {{'pde.grid' op needs one to three axes}}
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>,
             #pde.axis<"y" : reflecting, reflecting>,
             #pde.axis<"z" : reflecting, reflecting>,
             #pde.axis<"t" : reflecting, reflecting>]

// -----

// expected-error@+1 {{'pde.grid' op is periodic on one side only of axis x}}
pde.grid @X [#pde.axis<"x" : periodic, reflecting>]

// -----

// expected-error@+1 {{'pde.grid' op has a negative size along axis x}}
pde.grid @X [#pde.axis<"x" : reflecting, reflecting, -1>]

// -----

// expected-error@+1 {{'pde.grid' op needs a name of letters, digits and underscores, not 'X.1'}}
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting>]

// -----

// expected-error@+1 {{'pde.grid' op needs a parent of its rank before it}}
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting>] coarsens @X
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
