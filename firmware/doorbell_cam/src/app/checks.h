// The device examines its sensor: does it answer, is it the right one, do VSYNC, HREF and PCLK come, do the test bars arrive as they should.
// Takes one to two seconds, serves the bell throughout, leaves the sensor in mode 1 (QQVGA gray) without bars.

#ifndef APP_CHECKS_H
#define APP_CHECKS_H

#include <stdbool.h> // bool
#include <stdint.h>  // uint8_t

enum check { CHECK_ANSWERS = 1, CHECK_PID = 2, CHECK_VSYNC = 4, CHECK_HREF = 8, CHECK_PCLK = 16, CHECK_BARS = 32 };

// Examines and reports in LOG packets; counts into counters.checks_*. True when frames can be sent (the bars may be wrong all the same).
bool checks_run(uint8_t pid, uint8_t ver, bool answers);

#endif
