// The one line that decides whose programming model the function classes see.
global using Moderato.Hosting.Worker;
