/* One explicit step of the heat equation, by the runtime's own interface. */

#include "runtime/pde_runtime.h"

#include <stdio.h>

extern const pde_program diffusion_program;

int main(void) {
  const double f[3] = {1, 2, 4};
  double u[3];
  const int64_t sizes[PDE_MAX_RANK] = {3};
  const void *inputs[1] = {f};
  void *outputs[1] = {u};
  char message[200] = "";
  pde_call call = {sizeof call};
  call.sizes = sizes;
  call.inputs = inputs;
  call.outputs = outputs;
  if (pde_execute(&diffusion_program, &call, message, sizeof message)) {
    fprintf(stderr, "%s\n", message);
    return 1;
  }
  printf("u %g %g %g\n", u[0], u[1], u[2]);
  return 0;
}
