/** The knexfile for the package's command. */

module.exports = { client: process.env.CLIENT, connection: process.env.CONNECTION };
