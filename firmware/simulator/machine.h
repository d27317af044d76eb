// SPDX-License-Identifier: GPL-3.0-or-later
// The chip: simavr executes the instructions; its units are taken over where simavr 1.6 is wrong or slow. It tells the parts around it what
// they must know of its registers: the camera its clock, the serial line its speed.

#ifndef SIMULATOR_MACHINE_H
#define SIMULATOR_MACHINE_H

#include <stdbool.h>

#include "cycles.h"

void machine_start(const char *elf_path, const char *eeprom_path);
void machine_save_eeprom(void);
// Runs until that cycle. False: the program has crashed.
bool machine_run_until(cycle_t cycle);
// The reset button, or a port being opened. The boot loader runs for that time before the program does.
void machine_reset(uint32_t boot_loader_ms);
cycle_t machine_cycle(void);
unsigned machine_deepest_stack(void); // bytes of stack ever used
void machine_set_input_latch(int cycles);
// Timer 1, by which the program tells the time, stands still for so long.
void machine_stop_timer(uint32_t duration_ms);
typedef struct {
    cycle_t least_slack, slack_sum;
    uint64_t rows_waited_for, rows_late;
    bool light, lamp;
} machine_statistics_t;
extern machine_statistics_t machine_statistics;

#endif
