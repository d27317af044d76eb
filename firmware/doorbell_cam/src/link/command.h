// Commands from the host: one byte each, 7 bits of ASCII with even parity (docs/protocol.md).

#ifndef LINK_COMMAND_H
#define LINK_COMMAND_H

#include <stdint.h> // uint8_t

enum link_command {
    LINK_COMMAND_NONE = 0, // wrong parity or unknown: to be ignored and counted
    LINK_COMMAND_HELLO = 'h',
    LINK_COMMAND_CAPTURE = 'c',
    LINK_COMMAND_STREAM = 's',
    LINK_COMMAND_STOP = 'x',
    LINK_COMMAND_MODE_0 = '0',
    LINK_COMMAND_MODE_9 = '9',
    LINK_COMMAND_BARS_ON = 't',
    LINK_COMMAND_BARS_OFF = 'n',
    LINK_COMMAND_STATUS = 'q',
    LINK_COMMAND_RESTART = 'r',
    LINK_COMMAND_RATE_FIRST = 'A', // 500,000, 1,000,000, 2,000,000 bit/s
    LINK_COMMAND_RATE_LAST = 'C',
    LINK_COMMAND_KEEP_RATE = 'k',
    LINK_COMMAND_ACK_FIRST = ' ', // the low 4 bits are those of the acknowledged press
    LINK_COMMAND_ACK_LAST = '/',
};

// The command, a member of the enumeration or a value within the modes, the rates or the acknowledgements; or LINK_COMMAND_NONE.
enum link_command link_decode_command(uint8_t byte);

#endif
