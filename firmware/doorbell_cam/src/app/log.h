// What the device says in words: LOG packets with a code, a severity and a short sentence. The codes come from
// docs/log-codes.csv, which also tells what to do about them.

#ifndef APP_LOG_H
#define APP_LOG_H

#include <stdint.h> // uint16_t

#include "log_codes.h" // enum log_code

// Sends one LOG. Not between the rows of a frame: it is too long for that.
void log_send(enum log_code code, uint16_t value);

#endif
