// The number by which the host knows this device again: drawn by lot at its first start, kept in the EEPROM.

#ifndef APP_DEVICE_NUMBER_H
#define APP_DEVICE_NUMBER_H

#include <stdint.h> // uint32_t

// 1 to 2^28 - 1; written before it is returned.
uint32_t device_number(void);

#endif
