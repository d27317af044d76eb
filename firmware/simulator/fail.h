// SPDX-License-Identifier: GPL-3.0-or-later
// A user's mistake: says so and ends the program.

#ifndef SIMULATOR_FAIL_H
#define SIMULATOR_FAIL_H

void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
