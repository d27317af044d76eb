// The doorbell's box, to be printed in four parts: front, back plate, wedge, visor (glued onto the front's upper edge). All lengths in millimetres.
// openscad -D 'part="front"' -o front.stl doorbell.scad     (front, back, wedge, visor; "all" shows them together)
// PETG or ASA, 0.2 mm layers, 3 perimeters, no supports: every part lies on its flat side.

part = "all";

wall = 2.4;          // six lines of a 0.4 mm nozzle: stiff, and tight against rain
corner = 6;          // radius
inside = [78, 118, 34]; // Uno 69 x 54 stands upright below, the camera above it
lens_from_top = 28;
lens_hole = 16;      // the M12 holder is 14
window = 22;         // fits between the camera posts; acrylic, 2 mm, glued in from behind
window_depth = 2.2;
module_holes = [28.5, 28.5]; // distance of the camera module's mounting holes
pir_hole = 23.2;     // HC-SR501's dome
pir_from_bottom = 48;
button_hole = 16.2;  // 16 mm push button
button_from_bottom = 20;
visor = 22;          // how far the roof keeps sun and rain off the lens
tilt = 5;            // degrees upwards, see mounting.md
screw = 3.2;         // M3
cable = 7;

outside = [inside[0] + 2 * wall, inside[1] + 2 * wall, inside[2] + wall];
$fn = 64;

module rounded(size) {
    translate([corner, corner, 0]) linear_extrude(size[2]) offset(corner) square([size[0] - 2 * corner, size[1] - 2 * corner]);
}

module corners(inset) {
    for (x = [inset, outside[0] - inset], y = [inset, outside[1] - inset]) translate([x, y, 0]) children();
}

module front() {
    lens_y = outside[1] - lens_from_top;
    difference() {
        union() {
            difference() {
                rounded(outside);
                translate([wall, wall, wall]) cube(inside + [0, 0, 1]);
            }
            corners(wall + 3.5) cylinder(d = 8, h = outside[2]);                       // screw posts
            for (x = [-1, 1], y = [-1, 1])                                             // camera posts
                translate([outside[0] / 2 + x * module_holes[0] / 2, lens_y + y * module_holes[1] / 2, wall]) cylinder(d = 5, h = 9);
        }
        translate([outside[0] / 2, lens_y, -1]) cylinder(d = lens_hole, h = wall + 2);
        translate([outside[0] / 2 - window / 2, lens_y - window / 2 , wall - window_depth + 1]) cube([window, window, window_depth]);
        translate([outside[0] / 2, pir_from_bottom, -1]) cylinder(d = pir_hole, h = wall + 2);
        translate([outside[0] / 2, button_from_bottom, -1]) cylinder(d = button_hole, h = wall + 2);
        corners(wall + 3.5) translate([0, 0, 8]) cylinder(d = 2.5, h = outside[2]);    // self-tapping
        for (x = [-1, 1], y = [-1, 1])
            translate([outside[0] / 2 + x * module_holes[0] / 2, lens_y + y * module_holes[1] / 2, wall]) cylinder(d = 1.8, h = 10);
        for (x = [-12, 0, 12]) translate([outside[0] / 2 + x, -1, outside[2] / 2]) rotate([-90, 0, 0]) cylinder(d = 3, h = wall + 2); // drain
    }
}

// Roof with two cheeks that clasp the box; printed on its roof.
module visor() {
    width = outside[0] + 2 * wall;
    cube([width, visor + 10, wall]);
    for (x = [0, width - wall]) translate([x, 0, 0]) rotate([90, 0, 90])
        linear_extrude(wall) polygon([[0, 0], [visor + 10, 0], [visor + 10, 40], [visor, 40], [6, 10], [0, 6]]);
}

module back() {
    difference() {
        rounded([outside[0], outside[1], wall]);
        corners(wall + 3.5) translate([0, 0, -1]) cylinder(d = screw, h = wall + 2);
        translate([outside[0] / 2, outside[1] / 2, -1]) cylinder(d = cable, h = wall + 2);
        for (y = [25, outside[1] - 25]) translate([outside[0] / 2, y, -1]) cylinder(d = 4.5, h = wall + 2);
    }
    // Rails that the Uno's board slides between.
    for (x = [-1, 1]) translate([outside[0] / 2 + x * 28.5 - 1.5, 14, wall]) difference() {
        cube([3, 60, 7]);
        translate([x > 0 ? -1 : 2, -1, 3]) cube([2, 62, 1.9]);
    }
}

module wedge() {
    low = 4;
    high = low + tan(tilt) * outside[1];
    difference() {
        intersection() {
            rounded([outside[0], outside[1], high + 1]);
            rotate([90, 0, 90]) linear_extrude(outside[0]) polygon([[0, 0], [outside[1], 0], [outside[1], low], [0, high]]);
        }
        translate([2 * wall, 2 * wall, -1]) cube([outside[0] - 4 * wall, outside[1] - 4 * wall, high + 3]);
    }
    difference() {
        translate([outside[0] / 2 - 8, wall, 0]) cube([16, outside[1] - 2 * wall, low]);
        for (y = [25, outside[1] - 25]) translate([outside[0] / 2, y, -1]) cylinder(d = 4.5, h = low + 2);
        translate([outside[0] / 2, outside[1] / 2, -1]) cylinder(d = cable, h = low + 2);
    }
}

if (part == "front") front();
else if (part == "back") back();
else if (part == "wedge") wedge();
else if (part == "visor") visor();
else {
    color("#546e7a") rotate([90, 0, 0]) translate([0, 0, outside[2]]) rotate([0, 180, 0]) translate([-outside[0], 0, 0]) front();
    color("#263238") translate([-wall, -outside[2] - visor, outside[1] + wall]) mirror([0, 0, 1]) visor();
    translate([outside[0] + 30, 0, 0]) rotate([90, 0, 0]) color("#90a4ae") back();
    translate([2 * outside[0] + 60, 0, 0]) rotate([90, 0, 0]) color("#b0bec5") wedge();
}
