// The device examines its sensor: does it answer, is it the right one, do VSYNC, HREF and PCLK come, do the test bars arrive as they
// should. Serves the bell throughout.

#ifndef APP_CHECKS_H
#define APP_CHECKS_H

#include <stdbool.h> // bool
#include <stdint.h>  // uint8_t

enum check { CHECK_ANSWERS = 1, CHECK_PID = 2, CHECK_VSYNC = 4, CHECK_HREF = 8, CHECK_PCLK = 16, CHECK_BARS = 32 };

// Examines and reports in LOG packets; counts into counters.checks_*. True when frames can be sent (the bars may be wrong all the same).
bool checks_run(uint8_t pid, uint8_t ver, bool answers, uint8_t scale);

// Where the rows of that size begin (ov7670_set_alignment): looked for with the test bars when it is first asked for after checks_run, kept
// in the EEPROM. Leaves the sensor without bars and with other settings than before. False: the sensor has failed, and the reason was
// reported.
bool checks_know_alignment(uint8_t scale);
// The frame that is passing may still have the length of the settings before: patience_ms is how long to wait for its end at least.
bool checks_alignment(uint8_t scale, uint16_t patience_ms, uint8_t *alignment);

#endif
