//! What people do, in a real browser. One binary, so that all of it shares one ChromeDriver.

mod harness;
