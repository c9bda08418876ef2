/* Prints what is proved of a library's program. */

#include "pm.h"

#include <stdio.h>

int main(void) { return fputs(pm_certificate(), stdout) < 0; }
