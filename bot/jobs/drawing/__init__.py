"""Running draws: admission decides which begin, a runner drives one draw, an attempt talks to the back-end once."""
