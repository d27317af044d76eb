// SPDX-License-Identifier: GPL-3.0-or-later
// Commands on standard input, or at given times.

#ifndef SIMULATOR_CONTROL_H
#define SIMULATOR_CONTROL_H

#include <stdbool.h>

#include "cycles.h"

void control_line(const char *line, cycle_t now);
void control_read(cycle_t now);
void control_run_due(cycle_t now);
cycle_t control_next_due(void);
int control_opening_resets_ms(void); // for how long the boot loader runs then; negative: it does not reset
bool control_has_quit(void);
bool control_has_ended(void); // standard input has ended: nobody steers any more
void control_print_statistics(cycle_t now);

#endif
