//! Ratssaal: the council chamber that also exists over the network.
pub mod adapters;
pub mod app;
pub mod audit;
pub mod config;
pub mod domain;
pub mod play;
pub mod web;
