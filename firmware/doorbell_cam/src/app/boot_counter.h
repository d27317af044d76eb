// Counts the starts of the device modulo 128, over power cuts, in the EEPROM. The count moves through 32 cells, so that a cell worn out
// after 100,000 writes lasts for 3 million starts (opening the serial port is a start).

#ifndef APP_BOOT_COUNTER_H
#define APP_BOOT_COUNTER_H

#include <stdint.h> // uint8_t

#define BOOT_COUNTER_CELLS 32

// The number of this start, 0 to 127; written before it is returned.
uint8_t boot_counter_next(void);

#endif
