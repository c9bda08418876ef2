//===- Loops.cpp - the list of all plain loops ----------------------------===//

#include "Loops.h"

using namespace plain;

const Loop *plain_loops() {
  static const Loop loops[] = {
      {"perona_malik", "one loop", peronaMalikOneLoop},
      {"perona_malik", "two loops", peronaMalikTwoLoops},
      {"charbonnier", "one loop", charbonnierOneLoop},
      {"charbonnier", "two loops", charbonnierTwoLoops},
      {"heat2d", "", heat2d},
      {"fsi2d", "", fsi2d},
      {"wave2d", "", wave2d},
      {"charbonnier2d", "", charbonnier2d},
      {"gray_scott2d", "", grayScott2d},
      {"heat3d", "", heat3d},
      {"perona_malik3d", "", peronaMalik3d},
      {"poisson2d", "", poisson2d},
      {"poisson3d", "", poisson3d},
      {nullptr, nullptr, nullptr},
  };
  return loops;
}
