// SPDX-License-Identifier: GPL-3.0-or-later
// What the camera looks at.

#ifndef SIMULATOR_SCENE_H
#define SIMULATOR_SCENE_H

#include "cycles.h"

#define ARRAY_WIDTH 640 // the sensor's picture before it is thinned out
#define ARRAY_HEIGHT 480

typedef struct {
    uint8_t y[ARRAY_HEIGHT][ARRAY_WIDTH], u[ARRAY_HEIGHT][ARRAY_WIDTH], v[ARRAY_HEIGHT][ARRAY_WIDTH];
} picture_t;
void scene_load(const char *path);   // PGM or PPM, any size
void scene_show(const char *path);   // from the next frame on
void scene_choose(int number, cycle_t now, uint32_t fade_ms);
int scene_count(void);
const picture_t *scene_at(cycle_t now);

#endif
